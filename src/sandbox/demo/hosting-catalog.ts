import type { HostingApp, HostingPackage } from '../world/hosting-records.js';
import { MB } from '../world/hosting-usage.js';

const WP_CONFIG = `<?php
define( 'DB_NAME', '{database}' );
define( 'DB_USER', '{user}' );
define( 'DB_PASSWORD', '{password}' );
define( 'DB_HOST', 'localhost' );
$table_prefix = 'wp_';
require_once __DIR__ . '/wp-settings.php';
`;

const WP_INDEX = `<?php
define( 'WP_USE_THEMES', true );
require __DIR__ . '/wp-blog-header.php';
`;

/** Sizes of hosting accounts. No call of the API lists them. */
export const HOSTING_PACKAGES: HostingPackage[] = [
  { id: '6101', name: 'Webhotell Small', diskMb: 1024, bandwidthGb: 50, monthly: 2900 },
  { id: '6102', name: 'Webhotell Medium', diskMb: 10_240, bandwidthGb: 250, monthly: 5900 },
  { id: '6103', name: 'Webhotell Large', diskMb: 51_200, bandwidthGb: 1000, monthly: 11_900 },
];

/** Applications that can be installed. */
export const HOSTING_APPS: HostingApp[] = [
  {
    id: 'wordpress',
    name: 'WordPress',
    category: 'Content management',
    description: 'Blogs and web sites.',
    version: '6.8.3',
    coreBytes: 72 * MB,
    databaseSuffix: 'wp',
    files: {
      'index.php': WP_INDEX,
      'wp-config.php': WP_CONFIG,
      'wp-content/themes/twentytwentyfive/style.css': '/* Theme Name: Twenty Twenty-Five — {title} */\n',
    },
  },
  {
    id: 'prestashop',
    name: 'PrestaShop',
    category: 'E-commerce',
    description: 'A web shop.',
    version: '8.2.1',
    coreBytes: 180 * MB,
    databaseSuffix: 'ps',
    files: {
      'index.php': "<?php\nrequire __DIR__ . '/config/config.inc.php';\n",
      'app/config/parameters.php':
        "<?php return ['database_name' => '{database}', 'database_user' => '{user}', 'database_password' => '{password}'];\n",
    },
  },
  {
    id: 'matomo',
    name: 'Matomo',
    category: 'Statistics',
    description: 'Visitor statistics.',
    version: '5.3.2',
    coreBytes: 64 * MB,
    databaseSuffix: 'mtm',
    files: {
      'index.php': "<?php\nrequire __DIR__ . '/core/dispatch.php';\n",
      'config/config.ini.php': '[database]\nusername = "{user}"\npassword = "{password}"\ndbname = "{database}"\n',
    },
  },
];
