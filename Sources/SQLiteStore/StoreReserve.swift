internal import Store
private import Glibc

/// Room on the disk that a store keeps, so that what takes access away can still be done when the disk is full.
struct StoreReserve {
  private let folder: StoreFolder
  private var path: String { folder.reserve }

  init(_ folder: StoreFolder) { self.folder = folder }

  /// Enough for some dozens of revocations, which take up to some 100 KiB each in the log.
  static let byteCount = 4_194_304
  /// A disk with less room than that is left alone.
  static let leastFreeByteCount = 4 * byteCount
  /// What reading needs, SQLite's -shm file above all, is taken in such steps, and at most half of all.
  private static let step = 65_536

  var isWhole: Bool {
    var status = stat()
    return stat(path, &status) == 0 && Int(status.st_blocks) * 512 >= Self.byteCount
  }

  /// Keeps the room where there is enough of it. What goes wrong is left to the next time: nothing depends on it
  /// while there is room.
  func keep() {
    guard !isWhole, (Files.freeBytes(at: folder.path) ?? 0) >= Self.leastFreeByteCount,
      let descriptor = Files.openCompanion(path, in: folder)
    else { return }
    defer { close(descriptor) }
    if posix_fallocate(descriptor, 0, off_t(Self.byteCount)) != 0 { unlink(path) }
  }

  /// Gives all of it up; false where there was none.
  func giveUp() -> Bool { unlink(path) == 0 }

  /// Gives a part of it up, for reading alone; false where no more can be had.
  func giveUpPart() -> Bool {
    let size = Files.size(of: path)
    guard size - Self.step >= Self.byteCount / 2 else { return false }
    return truncate(path, off_t(size - Self.step)) == 0
  }
}

extension StoreFolder {
  /// Room for a full disk; it holds nothing.
  package var reserve: String { database + "-reserve" }
}
