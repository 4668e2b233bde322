"""The files of the project as text: the real ones, or a sample given as a dictionary."""
import os
import pathlib

LEFT_OUT = {"build", ".git", "node_modules", "__pycache__"}
BINARY = {".png", ".ttf", ".ico", ".entente", ".bin", ".ent", ".webp", ".gz"}


class Tree:
    def __init__(self, root=None, files=None):
        self.is_sample = files is not None
        self.root = pathlib.Path(root) if root else None
        self._files = dict(files) if files is not None else None

    def paths(self) -> list:
        """Every text file, by its path from the project's root, sorted."""
        if self._files is None:
            self._files = {path: None for path in self._walk()}
        return sorted(self._files)

    def _walk(self):
        for folder, folders, names in os.walk(self.root):
            folders[:] = [name for name in folders if name not in LEFT_OUT]
            for name in names:
                path = pathlib.Path(folder, name)
                if path.suffix.lower() not in BINARY:
                    yield path.relative_to(self.root).as_posix()

    def text(self, path: str) -> str:
        self.paths()
        if self._files[path] is None:
            self._files[path] = (self.root / path).read_text(encoding="utf-8", errors="surrogateescape")
        return self._files[path]

    def has(self, path: str) -> bool:
        return path in self.paths()

    def under(self, folder: str, *suffixes: str) -> list:
        """The files below a folder ("" for all), with one of the suffixes."""
        return [path for path in self.paths()
                if (not folder or path.startswith(folder + "/")) and (not suffixes or path.endswith(suffixes))]

    def cpp(self, *folders: str) -> list:
        return [path for folder in folders for path in self.under(folder, ".cpp", ".hpp")]
