"""What gunicorn reads by itself when it is started in this folder; an installed site names the module."""

from fanguide.gunicorn_settings import (
    bind,
    control_socket_disable,
    graceful_timeout,
    logconfig_dict,
    on_exit,
    preload_app,
    timeout,
    when_ready,
)

__all__ = [
    "bind",
    "control_socket_disable",
    "graceful_timeout",
    "logconfig_dict",
    "on_exit",
    "preload_app",
    "timeout",
    "when_ready",
]
