// Requests to the server. An answer is { status, body }; status 0 means that there was no answer.

let csrf = document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
// For whom this page was made: when somebody else has signed in here meanwhile, the server takes nothing from it.
const account = document.querySelector("[data-account]")?.dataset.account ?? "";
let renewToken = async () => false;

export function setCsrfToken(token) {
  csrf = token;
}

/** `renew` fetches a new CSRF token (the old one is invalid after signing in again) and resolves to whether it could. */
export function renewTokenWith(renew) {
  renewToken = renew;
}

export const get = (url) => send(url, {});

export async function post(url, fields, { renew = renewToken, ...options } = {}) {
  const request = () => send(url, { ...options, method: "POST", body: fields, headers: { "X-CSRFToken": csrf } });
  const answer = await request();
  if (answer.status !== 403 || !answer.body.csrf) return answer;
  return (await renew()) ? request() : { status: 0, body: {} };
}

async function send(url, { headers, timeout = 20_000, ...options }) {
  try {
    const response = await fetch(url, {
      ...options,
      redirect: "error",
      signal: AbortSignal.timeout(timeout),
      headers: { Accept: "application/json", "X-Account": account, ...headers },
    });
    const isJson = response.headers.get("Content-Type")?.startsWith("application/json");
    return { status: response.status, body: isJson ? await response.json() : {} };
  } catch {
    return { status: 0, body: {} };
  }
}
