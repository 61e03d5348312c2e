"""The demo site: its content as data, loaded by the functions that the desk calls, and a server like production's."""

from articles.demo.errors import DemoError
from articles.demo.serving import DEFAULT_ADDRPORT, Server
from articles.demo.site import Demo, set_up

__all__ = ["DEFAULT_ADDRPORT", "Demo", "DemoError", "Server", "set_up"]
