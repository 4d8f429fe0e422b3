import CPlatform
import Glibc

/// Waits for changes of files by inotify(7), so that nobody has to look again and again.
///
/// A change between two waits ends the second one. A change that comes by a memory map is not told.
final class FileWatch: Sendable {
  /// The reason why a wait ended.
  enum End: Hashable, Sendable {
    case timeout, changed
    /// A file was moved, deleted or replaced, so that the watch may be one of the wrong file.
    case gone
  }

  private static let content = UInt32(IN_MODIFY)
  private static let place = UInt32(IN_ATTRIB | IN_MOVE_SELF | IN_DELETE_SELF | IN_UNMOUNT)
  /// The room for many events, each of which is 16 bytes and has no name.
  private static let bufferSize = 4_096

  private let descriptor: Int32

  /// Nil where a file is missing, where the kernel has no watches left, and on a file system whose changes the kernel
  /// may not know of.
  init?(_ paths: [String]) {
    guard !paths.isEmpty, paths.allSatisfy({ popsec_is_local($0) != 0 }) else { return nil }
    let made = inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC))
    guard made >= 0 else { return nil }
    for path in paths where inotify_add_watch(made, path, Self.content | Self.place) < 0 {
      close(made)
      return nil
    }
    descriptor = made
  }

  deinit { close(descriptor) }

  /// Waits for the next change, at most for a time.
  func wait(milliseconds: Int) -> End {
    var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    guard poll(&waiting, 1, Int32(clamping: max(0, milliseconds))) > 0 else { return .timeout }
    return drain()
  }

  /// Takes all events that have come.
  private func drain() -> End {
    var kinds: UInt32 = 0
    withUnsafeTemporaryAllocation(byteCount: Self.bufferSize, alignment: 8) { buffer in
      while true {
        let count = read(descriptor, buffer.baseAddress, buffer.count)
        guard count > 0 else { return }
        kinds = Self.kinds(UnsafeRawBufferPointer(rebasing: buffer[..<count]), and: kinds)
      }
    }
    return kinds & (Self.place | UInt32(IN_IGNORED)) == 0 ? .changed : .gone
  }

  /// All kinds of the events in a buffer.
  private static func kinds(_ buffer: UnsafeRawBufferPointer, and before: UInt32) -> UInt32 {
    let size = MemoryLayout<inotify_event>.size
    var kinds = before
    var place = 0
    while place + size <= buffer.count {
      let event = buffer.loadUnaligned(fromByteOffset: place, as: inotify_event.self)
      kinds |= event.mask
      place += size + Int(event.len)
    }
    return kinds
  }
}
