internal import Store
private import Glibc

/// Disk space that a store keeps in reserve, so that access can still be taken away when the disk is full.
struct StoreReserve {
  private let folder: StoreFolder
  private var path: String { folder.reserve }

  init(_ folder: StoreFolder) { self.folder = folder }

  /// The size of the reserve. It is enough for some dozens of revocations, each of which takes up to 100 KiB
  /// in the log.
  static let byteCount = 4_194_304
  /// The space that a disk must have free before a reserve is made.
  static let leastFreeByteCount = 4 * byteCount
  /// The part of the reserve that is freed at a time for reading, above all for SQLite's -shm file. At most
  /// half of the reserve is used for this.
  private static let step = 65_536

  var isWhole: Bool {
    var status = stat()
    return stat(path, &status) == 0 && Int(status.st_blocks) * 512 >= Self.byteCount
  }

  /// Makes the reserve where there is enough free space. An error is ignored until the next time, because
  /// nothing depends on the reserve while the disk has room.
  func keep() {
    guard !isWhole, (Files.freeBytes(at: folder.path) ?? 0) >= Self.leastFreeByteCount,
      let descriptor = Files.openCompanion(path, in: folder)
    else { return }
    defer { close(descriptor) }
    if posix_fallocate(descriptor, 0, off_t(Self.byteCount)) != 0 { unlink(path) }
  }

  /// Frees the whole reserve. The result is false where there was none.
  func giveUp() -> Bool { unlink(path) == 0 }

  /// Frees a part of the reserve, for reading only. The result is false where no more may be freed.
  func giveUpPart() -> Bool {
    let size = Files.size(of: path)
    guard size - Self.step >= Self.byteCount / 2 else { return false }
    return truncate(path, off_t(size - Self.step)) == 0
  }
}

extension StoreFolder {
  /// The path of the reserve, a file without contents.
  package var reserve: String { database + "-reserve" }
}
