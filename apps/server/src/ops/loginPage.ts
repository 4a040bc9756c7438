/** What the page before the passphrase says. Its words are ours alone: nothing that was typed comes back in it. `to` is the path of a page of ours, to go to next. */
export function loginPage({ to, problem, signedIn }: { readonly to: string; readonly problem?: string; readonly signedIn: boolean }): string {
  const form = signedIn
    ? `<p>You are in.</p>
      <a class="first" href="${to}">To your stories</a>
      <form method="post" action="/logout"><button>Sign out</button></form>`
    : `<p>It is locked. The passphrase that was set on its machine opens it.</p>
      <form method="post" action="/login${to === '/' ? '' : `?to=${to}`}">
      <label for="passphrase">Passphrase</label>
      <input id="passphrase" name="passphrase" type="password" autocomplete="current-password" required autofocus${problem === undefined ? '' : ' aria-describedby="problem" aria-invalid="true"'}>
      ${problem === undefined ? '' : `<p id="problem" role="alert">${problem}</p>`}
      <button class="first">Open</button>
    </form>`;
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Offstage</title>
    <link rel="stylesheet" href="/login.css">
  </head>
  <body>
    <main>
      <h1>Offstage</h1>
      ${form}
    </main>
  </body>
</html>
`;
}

/** The colours of the pages (styles/tokens.css there), and faces that every machine has: ours are behind the door. */
export const LOGIN_STYLE = `:root { color-scheme: light dark; font: 0.9375rem/1.5 system-ui, sans-serif; background: light-dark(oklch(0.985 0.006 85), oklch(0.19 0.012 285)); color: light-dark(oklch(0.25 0.02 60), oklch(0.92 0.01 85)); }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; }
main { width: min(20rem, calc(100vw - 3rem)); padding-block: 2rem; }
h1 { font: 400 1.6875rem/1.2 'Iowan Old Style', 'Palatino Linotype', Georgia, serif; margin: 0 0 0.5rem; }
p { margin: 0 0 1.5rem; color: light-dark(oklch(0.48 0.02 60), oklch(0.7 0.012 85)); }
form { display: grid; gap: 0.375rem; margin: 0; }
label { font-size: 0.8125rem; font-weight: 600; }
input, button, .first { box-sizing: border-box; width: 100%; min-height: 2.75rem; font: inherit; padding: 0.5rem 0.875rem; border-radius: 0.375rem; border: 1px solid light-dark(oklch(0.61 0.02 75), oklch(0.55 0.016 285)); background: transparent; color: inherit; }
button, .first { margin-top: 0.625rem; font-weight: 500; text-align: center; text-decoration: none; cursor: pointer; }
.first { display: grid; place-items: center; background: light-dark(oklch(0.46 0.14 20), oklch(0.72 0.12 25)); color: light-dark(oklch(0.985 0.006 85), oklch(0.19 0.012 285)); border-color: transparent; }
.first:hover { background: light-dark(oklch(0.4 0.13 20), oklch(0.78 0.11 25)); }
:focus-visible { outline: 2px solid light-dark(oklch(0.46 0.14 20), oklch(0.72 0.12 25)); outline-offset: 2px; }
[role='alert'] { margin: 0; font-size: 0.8125rem; color: light-dark(oklch(0.5 0.18 28), oklch(0.73 0.15 28)); }
`;
