// Where the browser tests find things; the build says so in the environment (tests/browser.cmake).
import {createRequire} from 'node:module';
import path from 'node:path';
import {fileURLToPath} from 'node:url';

export const root = process.env.ENTENTE_ROOT ?? fileURLToPath(new URL('../../..', import.meta.url));
export const site = process.env.ENTENTE_SITE ?? path.join(root, 'build/web/site');
export const harness = process.env.ENTENTE_HARNESS ?? path.join(site, '../harness');
export const shared = process.env.ENTENTE_SHARED_DATA ?? path.join(root, '../shared/data');

// The npm packages that scripts/deps.sh has put under build/deps.
export const load = createRequire(path.join(root, 'build/deps/package.json'));
