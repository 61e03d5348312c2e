# Varnish in front of Fanguide: keeps what is the same for everybody, and forgets it when the site says so.
# Debian: apt install varnish varnish-modules. The site's settings: FANGUIDE_CACHE_GROUPS=xkey,
# FANGUIDE_CACHE_PURGE=http://127.0.0.1:6081/ (this Varnish), and FANGUIDE_PUBLIC_CACHE_SECONDS=86400.
# What speaks TLS stands in front of it and sets X-Forwarded-Proto. tests/delivery/test_varnish.py runs this very file.
vcl 4.1;

import std;
import var;
import xkey;

backend default {
    .host = "127.0.0.1";
    .port = "8000";
}

# Who may have it forget pages: the machines that the site runs on.
acl site {
    "127.0.0.1";
    "::1";
}

sub vcl_recv {
    unset req.http.X-Purged;
    if (req.method == "PURGE") {
        if (client.ip !~ site) {
            return (synth(403, "Not from here"));
        }
        if (!req.http.xkey-purge) {
            return (synth(400, "Name groups in xkey-purge"));
        }
        # First the instant: an answer that was asked for before it, and arrives later, is not kept (see below).
        # It is written with milliseconds, so it is set a little ahead.
        var.global_set("purged", std.time2real(now + 10ms, 0.0));
        set req.http.X-Purged = xkey.purge(req.http.xkey-purge);
        return (synth(200, "Forgotten"));
    }
    # The desk and review links know who asks; everything else of the site does not, and sets no cookie.
    if (req.url ~ "^/(admin|review)(/|$)" || req.http.Authorization) {
        return (pass);
    }
    if (req.method != "GET" && req.method != "HEAD") {
        return (pass);
    }
    unset req.http.Cookie;
    # Pages have a form in Markdown for who prefers it, which no cache keeps: two kinds of readers, not thousands.
    if (req.http.Accept ~ "text/markdown") {
        return (pass);
    }
    set req.http.Accept = "*/*";
    return (hash);
}

sub vcl_hash {
    hash_data(req.http.X-Forwarded-Proto);  # who comes without TLS is sent elsewhere
}

sub vcl_backend_fetch {
    var.set_real("began", std.time2real(now, 0.0));
}

sub vcl_backend_response {
    set beresp.grace = 0s;  # an old page is none, however fast it is
    set beresp.keep = 1m;   # but it may be asked for by its ETag
    # Kept is only what says that it may be and names its groups; or what its address says all about (static files).
    if (beresp.http.Set-Cookie || beresp.http.Vary ~ "(?i)cookie" || beresp.http.Cache-Control !~ "public"
        || beresp.http.Cache-Control ~ "private|no-store"
        || (!beresp.http.xkey && beresp.http.Cache-Control !~ "immutable")) {
        set beresp.uncacheable = true;
        set beresp.ttl = 60s;
        return (deliver);
    }
    # Something was forgotten while this was being made: it may be what it was before.
    if (std.real(var.global_get("purged"), 0.0) >= var.get_real("began")) {
        set beresp.ttl = 0s;
        set beresp.keep = 0s;
    }
}

sub vcl_deliver {
    unset resp.http.xkey;
}

sub vcl_synth {
    if (req.http.X-Purged) {
        set resp.http.X-Purged = req.http.X-Purged;
    }
}
