"""What libvshadow reads from raw volume images, one line of JSON an image: its stores, oldest first.

    /usr/bin/python3 read_with_libvshadow.py IMAGE...

libvshadow is a reader of shadow copies that shares nothing with this project. An image that it does not open gives
{"error": ...}. It can crash on a damaged image: run this as a child process with a time limit.
"""
import hashlib
import json
import sys

import pyvshadow

BLOCK = 16384


def blocks_of(store):
    for start in range(0, store.size, BLOCK):
        yield store.read_buffer_at_offset(min(BLOCK, store.size - start), start)


def read(path):
    volume = pyvshadow.volume()
    volume.open(path)
    return [
        {
            "identifier": store.identifier,
            "copy_identifier": store.copy_identifier,
            "copy_set_identifier": store.copy_set_identifier,
            "creation_filetime": str(store.get_creation_time_as_integer()),
            "size_bytes": store.size,
            "descriptors": store.number_of_blocks,
            "blocks": [hashlib.sha256(block).hexdigest() for block in blocks_of(store)],
        }
        for store in volume.stores
    ]


for path in sys.argv[1:]:
    try:
        print(json.dumps({"stores": read(path)}), flush=True)
    except OSError as error:
        print(json.dumps({"error": str(error).splitlines()[0]}), flush=True)
