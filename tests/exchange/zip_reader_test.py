#!/usr/bin/env python3
"""Reads with Python's zipfile what our ZIP writer wrote:  zip_reader_test.py ENTENTE_TEST_EXCHANGE"""
import os
import pathlib
import subprocess
import sys
import tempfile
import zipfile

with tempfile.TemporaryDirectory() as folder:
    path = pathlib.Path(folder) / "out.zip"
    subprocess.run([sys.argv[1], "-tc=zip:*"], check=True, stdout=subprocess.DEVNULL, env={**os.environ, "ENTENTE_ZIP_OUT": str(path)})
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["a/T\u0177.txt", "a/b/noise", "empty"], archive.namelist()
        assert archive.read("a/T\u0177.txt") == b"x" * 5000
        number, noise = 1, bytearray()
        for _ in range(100_000):
            noise.append(number >> 24)
            number = (number * 1664525 + 1013904223) % 2**32
        assert archive.read("a/b/noise") == bytes(noise)
        assert archive.read("empty") == b""
        assert archive.getinfo("empty").date_time == (2026, 3, 2, 9, 31, 0)
        assert archive.getinfo("a/T\u0177.txt").compress_size < 100
