import { databaseRow } from '../encode/hosting-site.js';
import { done, invalidData, notFound, ok, refused, type Reply } from '../http/reply.js';
import type { Call, Route } from '../http/route.js';
import type { HostingAccount } from '../world/hosting-records.js';
import { takeWhere } from '../world/take.js';
import { hostingRoute, textFrom } from './hosting-route.js';

export const hostingDatabaseRoutes: Route[] = [
  hostingRoute('GET', '/databases', ({ databases }) => ok({ databases: databases.map(databaseRow) })),
  hostingRoute('POST', '/databases', createDatabase),
  hostingRoute('PUT', '/databases/:dbname/password', setPassword),
  hostingRoute('DELETE', '/databases/:dbname', (account, { param }) => {
    const gone = takeWhere(account.databases, ({ name }) => name === param('dbname'));
    return gone ? done('Database has been deleted.') : notFound();
  }),
];

// Hosting panels often put the user name in front; the contract says nothing of it, so the name stays as given.
function createDatabase(account: HostingAccount, { body }: Call): Reply {
  const [name, password] = [textFrom(body.name), textFrom(body.password)];
  if (name === null || !/^[A-Za-z0-9_]{1,64}$/.test(name) || password === null) return invalidData();
  if (account.databases.some(database => database.name === name)) return refused(400, 'Database already exists.');
  account.databases.push({ name, password, sizeBytes: 0 });
  return done('Database has been created.', []);
}

function setPassword(account: HostingAccount, { body, param }: Call): Reply {
  const database = account.databases.find(({ name }) => name === param('dbname'));
  const password = textFrom(body.password);
  if (!database) return notFound();
  if (password === null) return invalidData();
  database.password = password;
  return done('Password has been changed.', []);
}
