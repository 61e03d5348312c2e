// Talking to the server. An answer is { status, body }; status 0 means that nothing came back.

let csrf = document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";

export function useToken(token) {
  csrf = token;
}

export const get = (url) => send(url, {});

/** `renew` fetches a new CSRF token (after signing in again the old one means nothing) and says whether it could. */
export async function post(url, fields, { renew, keepalive = false, timeout } = {}) {
  const options = () => ({ method: "POST", body: fields, keepalive, timeout, headers: { "X-CSRFToken": csrf } });
  const answer = await send(url, options());
  if (answer.status === 403 && answer.body.csrf && renew && (await renew())) return send(url, options());
  return answer;
}

async function send(url, { headers, timeout = 20_000, ...options }) {
  try {
    const response = await fetch(url, {
      ...options,
      redirect: "error",
      signal: options.keepalive ? undefined : AbortSignal.timeout(timeout),
      headers: { Accept: "application/json", ...headers },
    });
    const isJson = response.headers.get("Content-Type")?.startsWith("application/json");
    return { status: response.status, body: isJson ? await response.json() : {} };
  } catch {
    return { status: 0, body: {} };
  }
}
