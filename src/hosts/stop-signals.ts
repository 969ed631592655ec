/**
 * What asks a process to stop. Windows has no SIGTERM: there Ctrl+C, Ctrl+Break and the closing of the window come as these.
 * Elsewhere a closed terminal may be meant to leave a server running (nohup).
 */
export const stopSignals = (platform: NodeJS.Platform = process.platform): readonly NodeJS.Signals[] =>
  platform === 'win32' ? ['SIGINT', 'SIGBREAK', 'SIGHUP'] : ['SIGINT', 'SIGTERM'];
