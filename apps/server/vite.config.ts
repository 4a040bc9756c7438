import { createRequire } from 'node:module';
import { dirname, relative, resolve, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { defineConfig, type Plugin } from 'vite';

const here = dirname(fileURLToPath(import.meta.url));
const outDir = resolve(here, 'dist');

/**
 * A module that asks where it lies is told its own place, not the bundle's, so that the files it reads at run time
 * (SQL migrations, prompt templates, the built pages) are found the same way bundled or not. The places are absolute:
 * the start script builds anew when the project's folder has moved.
 */
function keepPlaces(): Plugin {
  return {
    name: 'offstage:keep-places',
    transform(code, id) {
      const file = id.split('?')[0] ?? id;
      const places: Record<string, string> = {
        'import.meta.url': pathToFileURL(file).href,
        'import.meta.filename': file,
        'import.meta.dirname': dirname(file),
        __filename: file,
        __dirname: dirname(file),
      };
      const asked = /(?<!["'`.\w])(?:import\.meta\.(?:url|filename|dirname)|__(?:filename|dirname))\b(?!["'`])/g;
      if (file.includes('\0') || !asked.test(code)) return null;
      return code.replaceAll(asked, (what) => JSON.stringify(places[what]));
    },
  };
}

/** What holds native binaries: it stays outside the bundle, found from the package that depends on it. */
const NATIVE: ReadonlySet<string> = new Set(['better-sqlite3', 'sqlite-vec']);

function nativeOutside(): Plugin {
  const fromStore = createRequire(resolve(here, '../../packages/store/package.json'));
  return {
    name: 'offstage:native-outside',
    enforce: 'pre',
    resolveId(source) {
      if (!NATIVE.has(source)) return null;
      return { id: relative(outDir, fromStore.resolve(source)).split(sep).join('/'), external: 'relative' };
    },
  };
}

export default defineConfig({
  plugins: [nativeOutside(), keepPlaces()],
  define: { 'process.env.NODE_ENV': '"production"' },
  ssr: { noExternal: true, target: 'node' },
  build: {
    ssr: resolve(here, 'src/main.ts'),
    outDir,
    emptyOutDir: true,
    target: 'node24',
    minify: false,
    rolldownOptions: { output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' } },
  },
});
