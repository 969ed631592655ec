import type { Tool } from '../tool.js';
import { createBgpSession } from './create-bgp-session.js';
import { deleteBgpSession } from './delete-bgp-session.js';
import { getBgp } from './get-bgp.js';

export const BGP_TOOLS: readonly Tool[] = [getBgp, createBgpSession, deleteBgpSession];
