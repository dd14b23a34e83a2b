"""Files through Hadoop's FileSystem: the same calls for s3:// and for a folder of this machine."""

import json
import os


class Files:
    """Reads, writes and lists below one root; keys are relative to it, with `/`."""

    def __init__(self, spark, root):
        self.jvm = spark._jvm
        path = self.jvm.org.apache.hadoop.fs.Path(root)
        self.fs = path.getFileSystem(spark._jsc.hadoopConfiguration())
        self.root = self.fs.makeQualified(path).toString().rstrip("/")
        self.is_local = self.root.startswith("file:")
        if self.is_local:  # no checksum files beside tables that others read and replace too
            self.fs.setWriteChecksum(False)
            self.fs.setVerifyChecksum(False)

    def path(self, key=""):
        """The whole address of a key, as Spark takes it."""
        return f"{self.root}/{key}" if key else self.root

    def exists(self, key=""):
        return self.fs.exists(self.at(key))

    def list(self, key=""):
        """[key, size in bytes, time in milliseconds since 1970] of every file below a key, sorted by key."""
        if not self.exists(key):
            return []
        found, entries = [], self.fs.listFiles(self.at(key), True)
        while entries.hasNext():
            entry = entries.next()
            found.append([self.key_of(entry.getPath().toString()), entry.getLen(), entry.getModificationTime()])
        return sorted(found)

    def folders(self, key=""):
        """Names of the folders right below a key."""
        if not self.exists(key):
            return []
        return sorted(entry.getPath().getName() for entry in self.fs.listStatus(self.at(key)) if entry.isDirectory())

    def key_of(self, path):
        return path[len(self.root) + 1 :]

    def read(self, key):
        stream = self.fs.open(self.at(key))
        try:
            return bytes(self.jvm.org.apache.commons.io.IOUtils.toByteArray(stream))
        finally:
            stream.close()

    def tail(self, key, size, most):
        """The last `most` bytes of a file of that size."""
        stream = self.fs.open(self.at(key))
        try:
            stream.seek(max(0, size - most))
            return bytes(self.jvm.org.apache.commons.io.IOUtils.toByteArray(stream))
        finally:
            stream.close()

    def write(self, key, content):
        """Writes a file whole: a reader sees the old text or the new one (S3 does so by itself, a folder by a rename)."""
        aside = self.at(f"{key}.tmp" if self.is_local else key)
        stream = self.fs.create(aside, True)
        try:
            stream.write(bytearray(content))
        finally:
            stream.close()
        if self.is_local:
            os.replace(aside.toUri().getPath(), self.at(key).toUri().getPath())

    def read_json(self, key):
        """The value of a JSON file; None where there is none."""
        return json.loads(self.read(key)) if self.exists(key) else None

    def write_json(self, key, value):
        self.write(key, json.dumps(value, ensure_ascii=False).encode("utf-8"))

    def move(self, key, to):
        self.fs.mkdirs(self.at(to).getParent())
        if not self.fs.rename(self.at(key), self.at(to)):
            raise OSError(f"{key} could not be moved")

    def remove(self, key):
        """Removes a file or a folder with all that is in it, where there is one."""
        self.fs.delete(self.at(key), True)

    def at(self, key):
        return self.jvm.org.apache.hadoop.fs.Path(self.path(key))
