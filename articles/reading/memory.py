"""A bounded memory of values that are made by a function of their key and nothing else."""

from __future__ import annotations

import functools
import hashlib
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Memory(Generic[Key, Value]):
    """The values of the keys used last, up to a total size.

    `make` is a function of a module, which has nothing but the key to make a value of: so a stored value cannot
    depend on an earlier request. Raises TypeError for any other. Two threads that ask for one key at once may
    both make its value; one is kept.
    """

    def __init__(
        self, make: Callable[[Key], Value], limit: int, size: Callable[[Value], int] = lambda _value: 1
    ) -> None:
        self._make = require_module_function(make)
        self._values: OrderedDict[Key, Value] = OrderedDict()
        self._left = limit
        self._size = size
        self._lock = Lock()

    def get(self, key: Key) -> Value:
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
                return self._values[key]
        value = self._make(key)
        with self._lock:
            if key not in self._values:
                self._values[key] = value
                self._left -= self._size(value)
            while self._left < 0:
                _key, dropped = self._values.popitem(last=False)
                self._left += self._size(dropped)
        return value


def cached_by_digest(most: int) -> Callable[[Callable[[str], Value]], Callable[[str], Value]]:
    """Has a function of one long text keep what it gave for the `most` texts of its last calls, and not the texts."""

    def decorate(function: Callable[[str], Value]) -> Callable[[str], Value]:
        values: OrderedDict[bytes, Value] = OrderedDict()
        lock = Lock()

        @functools.wraps(function)
        def digested(text: str) -> Value:
            key = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
            with lock:
                if key in values:
                    values.move_to_end(key)
                    return values[key]
            value = function(text)
            with lock:
                values[key] = value
                while len(values) > most:
                    values.popitem(last=False)
            return value

        return digested

    return decorate


Function = TypeVar("Function", bound=Callable[..., object])


def require_module_function(function: Function) -> Function:
    """The function itself. Raises TypeError for a lambda, an inner function or a method, which may see more than their
    arguments.
    """
    name = getattr(function, "__qualname__", repr(function))
    if not name.isidentifier():
        raise TypeError(f"{name} is no function of a module: what is kept in memory must be made of its key alone.")
    return function
