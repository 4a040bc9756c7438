import { createHash } from 'node:crypto';
import type { Plugin } from 'vite';

/**
 * Writes into the page which build it is of: a hash over the names of all built files, which hold hashes of what is in
 * them. The server reads it there and tells it to every tab, so that one of an older build knows (LV-5).
 */
export function stampBuild(): Plugin {
  return {
    name: 'offstage:stamp',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(_html, { bundle = {} }) {
        const content = createHash('sha256').update(Object.keys(bundle).toSorted().join('\n')).digest('hex').slice(0, 16);
        return [{ tag: 'meta', attrs: { name: 'offstage-build', content }, injectTo: 'head' }];
      },
    },
  };
}
