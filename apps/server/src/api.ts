// `npm run api`: writes docs/api.md from the router.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { apiPage } from './rpc/apiPage.ts';

const path = join(import.meta.dirname, '../../../docs/api.md');
writeFileSync(path, apiPage());
console.log(`${path} is written.`);
