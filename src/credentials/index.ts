export { openKeeper, type Keeper, type KeeperOptions, type Keeping, type Kept } from './keeper.js';
export { CredentialsError, placeWords, type KeptCredentials, type Place } from './kept.js';
export { keptSource } from './source.js';
