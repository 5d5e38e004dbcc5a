package io.raic.cloud.local;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;

/** A small disk in memory; tests that need one are skipped where it may not be mounted. */
final class Mount implements AutoCloseable {
  private final Path point;

  private Mount(Path point) {
    this.point = point;
  }

  /** Mounts a disk of {@code size} bytes. */
  static Mount of(Path point, long size) throws IOException {
    return of(point, size, 0);
  }

  /** Mounts a disk for at most {@code files} files and directories, 0 for any number. */
  static Mount of(Path point, long size, int files) throws IOException {
    Files.createDirectories(point);
    assumeTrue(
        run(
            "mount",
            "-t",
            "tmpfs",
            "-o",
            "size=%d,nr_inodes=%d".formatted(size, files),
            "tmpfs",
            point.toString()),
        "a disk can be mounted by root only");
    return new Mount(point);
  }

  /** Mounts a disk that is mounted already at another place as well. */
  static Mount again(Mount disk, Path point) throws IOException {
    Files.createDirectories(point);
    assumeTrue(
        run("mount", "--bind", disk.point.toString(), point.toString()),
        "a disk can be mounted by root only");
    return new Mount(point);
  }

  /** Makes a file that is a disk of its own, with ext4 on it. */
  static Path image(Path file, long size) throws IOException {
    try (var image = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      image.write(ByteBuffer.allocate(1), size - 1);
    }
    assumeTrue(run("mkfs.ext4", "-q", file.toString()), "there is no mkfs.ext4");
    return file;
  }

  /** Mounts a file that is a disk. */
  static Mount ofImage(Path file, Path point) throws IOException {
    Files.createDirectories(point);
    assumeTrue(
        run("mount", "-o", "loop", file.toString(), point.toString()),
        "a disk can be mounted by root only");
    return new Mount(point);
  }

  /** Makes the file system forget what is not on the disk, and fail from now on. */
  void losePower() {
    String shutDown =
        "import fcntl, os, struct, sys; "
            + "fcntl.ioctl(os.open(sys.argv[1], os.O_RDONLY), 0x8004587d, struct.pack('I', 2))";
    assumeTrue(run("python3", "-c", shutDown, point.toString()), "it cannot be shut down");
  }

  /** Says whether a command works here. */
  static boolean run(String... command) {
    try {
      var process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.inputReader().lines().forEach(_ -> {});
      return process.onExit().orTimeout(30, TimeUnit.SECONDS).join().exitValue() == 0;
    } catch (IOException _) {
      return false;
    }
  }

  Path point() {
    return point;
  }

  void makeReadOnly() {
    assumeTrue(run("mount", "-o", "remount,ro", point.toString()), "it cannot be made read-only");
  }

  void makeWritable() {
    assumeTrue(run("mount", "-o", "remount,rw", point.toString()), "it cannot be made writable");
  }

  /** Takes the disk away from under whoever uses it; they keep what they have open. */
  void unplug() {
    run("umount", "-l", point.toString());
  }

  @Override
  public void close() {
    unplug();
  }
}
