import { flagIn, rowsIn, textIn, timeIn } from './undocumented.js';

/** An application installed in a web hosting account, as far as the reply is understood. */
export interface InstalledApp {
  readonly id: string | null;
  readonly name: string | null;
  readonly title: string | null;
  readonly version: string | null;
  /** The version an update would bring; null where there is none. */
  readonly update: string | null;
  /** Host name and folder, as no link. */
  readonly address: string | null;
  readonly status: string | null;
  readonly installed_on: string | null;
}

export function installations(data: unknown): readonly InstalledApp[] | null {
  return (
    rowsIn(data, 'installations', 'apps', 'applications')?.map(row => {
      const latest = textIn(row, 'latest_version', 'new_version', 'update_version');
      const path = textIn(row, 'path', 'folder', 'directory');
      const domain = textIn(row, 'domain', 'host');
      return {
        id: textIn(row, 'id', 'install_id', 'installId', 'insid'),
        name: textIn(row, 'name', 'app_name', 'app', 'softname', 'script'),
        title: textIn(row, 'title', 'site_title', 'site_name'),
        version: textIn(row, 'version', 'ver'),
        update: flagIn(row, 'update_available', 'outdated', 'upgrade') ? (latest ?? 'available') : null,
        address: domain === null ? textIn(row, 'url', 'softurl') : domain + (path === '/' || path === null ? '' : path),
        status: textIn(row, 'status', 'state'),
        installed_on: timeIn(row, 'installed_date', 'installed_at', 'created', 'created_at', 'itime'),
      };
    }) ?? null
  );
}

export interface AvailableApp {
  readonly id: string | null;
  readonly name: string | null;
  readonly version: string | null;
  readonly category: string | null;
}

export const availableApps = (data: unknown): readonly AvailableApp[] | null =>
  rowsIn(data, 'apps', 'available', 'applications')?.map(row => ({
    id: textIn(row, 'app', 'id', 'app_id', 'name'),
    name: textIn(row, 'name', 'title', 'app'),
    version: textIn(row, 'version', 'ver'),
    category: textIn(row, 'category', 'type'),
  })) ?? null;
