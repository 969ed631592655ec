import { distributionRow, systemRow } from '../encode/system.js';
import { notFound, ok } from '../http/reply.js';
import type { Route } from '../http/route.js';

export const systemRoutes: Route[] = [
  {
    method: 'GET',
    path: '/reinstall/distro',
    access: 'any-credential',
    newer: false,
    handle: ({ world }) => ok(world.distributions.map(distributionRow)),
  },
  {
    method: 'GET',
    path: '/reinstall/distro/:id',
    access: 'any-credential',
    newer: false,
    handle({ world, param }) {
      const distribution = world.distributions.find(({ id }) => id === param('id'));
      if (!distribution) return notFound();
      const systems = world.operatingSystems.filter(({ distributionId }) => distributionId === distribution.id);
      return ok(systems.map(system => systemRow(distribution, system)));
    },
  },
];
