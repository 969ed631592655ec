import type { Toolset } from '../toolsets.js';
import type { Resource } from './resource.js';

/** A resource as clients see it: plain data, made once, at build. */
export interface PublicResource {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly uri: string;
  readonly toolset: Toolset;
  readonly mimeType?: string;
  readonly freshSeconds: number;
  /** Whether the URI has variables, and members worth listing. */
  readonly isTemplate: boolean;
  readonly isListed: boolean;
  /** Variables whose values can be completed. */
  readonly completes: readonly string[];
}

export const describeResource = (resource: Resource): PublicResource => ({
  name: resource.name,
  title: resource.title,
  description: resource.description,
  uri: resource.uri,
  toolset: resource.toolset,
  ...(resource.mimeType && { mimeType: resource.mimeType }),
  freshSeconds: resource.freshSeconds,
  isTemplate: resource.uri.includes('{'),
  isListed: resource.list !== undefined,
  completes: Object.keys(resource.complete ?? {}),
});
