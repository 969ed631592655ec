/** Where Gigahost's redirecting web server is. */
export const REDIRECT_ADDRESS = '203.0.113.81';

/** Where domains without a site of their own point. */
export const PARKING_ADDRESS = '203.0.113.80';

/** Gigahost's web hosting servers, the one new accounts are put on last. */
export const HOSTING_ADDRESSES = ['203.0.113.101', '203.0.113.102', '203.0.113.103'] as const;

/** Addresses that no server is given. */
export const OWN_ADDRESSES = [REDIRECT_ADDRESS, PARKING_ADDRESS, ...HOSTING_ADDRESSES];
