import { defineConfig } from 'drizzle-kit';

// Only the log and what stands beside it is migrated; projections are made and folded anew by the store.
export default defineConfig({ dialect: 'sqlite', schema: './src/schema/core.ts', out: '../../drizzle' });
