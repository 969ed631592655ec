/** A secret that Gigahost gave out could not be handed to the person. It is lost. */
export class DeliveryError extends Error {
  override readonly name = 'DeliveryError';

  constructor(override readonly cause: unknown) {
    super(cause instanceof Error ? cause.message : 'unknown reason');
  }
}
