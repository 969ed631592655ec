import { forbidden, type Reply } from '../http/reply.js';
import type { Access, Call, Route } from '../http/route.js';
import type { Contact } from '../world/records.js';

type Handle = (call: Call, self: Contact) => Reply;

/** A route that acts for the person who calls. */
export const ownRoute = (method: string, path: string, handle: Handle, access: Access = 'account'): Route => ({
  method,
  path,
  access,
  handle: call => (call.caller ? handle(call, call.caller.contact) : forbidden()),
});

/** A route for contacts of the level `admin`, and for their keys where the access allows keys. */
export const adminRoute = (method: string, path: string, handle: Handle, access: Access = 'account'): Route =>
  ownRoute(method, path, (call, self) => (self.accessLevel === 'admin' ? handle(call, self) : forbidden()), access);
