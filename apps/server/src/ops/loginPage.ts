/** What the page before the passphrase says. Its words are ours alone: nothing that was typed comes back in it. */
export function loginPage({ problem, signedIn }: { readonly problem?: string; readonly signedIn: boolean }): string {
  const form = signedIn
    ? `<p>You are in.</p><p><a href="/">To your stories</a></p><form method="post" action="/logout"><button>Sign out</button></form>`
    : `<form method="post" action="/login">
      <label for="passphrase">Passphrase</label>
      <input id="passphrase" name="passphrase" type="password" autocomplete="current-password" required autofocus${problem === undefined ? '' : ' aria-describedby="problem" aria-invalid="true"'}>
      ${problem === undefined ? '' : `<p id="problem" role="alert">${problem}</p>`}
      <button>Open</button>
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

export const LOGIN_STYLE = `:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; background: light-dark(#faf8f4, #17151a); color: light-dark(#221f26, #ece8e1); }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; }
main { width: min(20rem, calc(100vw - 3rem)); }
h1 { font: 500 1.75rem/1.2 Georgia, serif; margin: 0 0 1.5rem; }
form { display: grid; gap: 0.5rem; }
input, button { font: inherit; padding: 0.625rem 0.75rem; border-radius: 0.375rem; border: 1px solid light-dark(#8c8590, #77707d); background: transparent; color: inherit; }
button { margin-top: 0.75rem; background: light-dark(#221f26, #ece8e1); color: light-dark(#faf8f4, #17151a); border-color: transparent; cursor: pointer; }
:focus-visible { outline: 2px solid light-dark(#7a3b1d, #e6a77f); outline-offset: 2px; }
a { color: inherit; }
[role='alert'] { margin: 0; color: light-dark(#8f2318, #ffb4a6); }
`;
