internal import Store

/// Where a store is made before it is moved to its place.
struct Workshop {
  let folder: StoreFolder
  let target: StoreFolder
  /// Whether the target exists, empty, and is moved into; else the whole workshop becomes it.
  let isInside: Bool
  private let lock: Lock

  /// Stands in the name of the folder.
  static let mark = "making-"

  /// Says that somebody is at work in a folder, until it is dropped; see ``Leftovers``.
  private final class Lock {
    private let descriptor: Int32
    init(_ descriptor: Int32) { self.descriptor = descriptor }
    deinit { Files.unlock(descriptor) }
  }

  /// `replacingEmpty`: an empty folder that is like the one that would be made is replaced as a whole, so that
  /// all comes to its place at once. What one that was killed had left there is removed, and `news` is told.
  init(for target: StoreFolder, replacingEmpty: Bool = false, news: StoreNewsTaker = { _ in }) throws {
    self.target = target
    for path in Leftovers(of: target).removeFolders() { news(.leftoverRemoved(path: path)) }
    let name = Self.mark + String(UInt32.random(in: .min ... .max), radix: 36)
    switch try Files.kind(of: target.path) {
    case .missing: isInside = false
    case .folder:
      guard try Files.names(in: target.path).isEmpty else { throw Self.occupied(target) }
      isInside = !(replacingEmpty && Files.isReplaceable(target.path))
    case .file, .other: throw StoreError.exists(path: target.path)
    }
    folder = StoreFolder(path: target.path + (isInside ? "/." : ".") + name)
    do {
      try Files.makeFolder(folder.path)
      // Somebody who looked for leftovers in between has taken it for one.
      guard let descriptor = try Files.lock(folder: folder.path) else {
        throw StoreError.busy(path: target.path, writer: nil)
      }
      lock = Lock(descriptor)
      guard try Files.kind(of: folder.path) == .folder else {
        throw StoreError.busy(path: target.path, writer: nil)
      }
    } catch let error as StoreError { throw error.told(of: target) }
  }

  /// The database goes last: a folder is a store as soon as it is there.
  func moveIn() throws {
    try Files.sync(folder: folder.path)
    guard isInside else {
      try Files.rename(folder.path, to: target.path)
      return try Files.sync(folder: StoreFolder(path: target.path + "/..").path)
    }
    let names = try Files.names(in: folder.path).filter { folder.path + "/" + $0 != folder.database }
    for name in names + ["popsec.db"] {
      try Files.rename(folder.path + "/" + name, to: target.path + "/" + name)
    }
    remove()
    try Files.sync(folder: target.path)
  }

  func remove() { Files.removeFolder(folder.path) }

  private static func occupied(_ folder: StoreFolder) -> StoreError {
    let isStore = Files.rights(of: folder.database) != nil
    return isStore ? .exists(path: folder.path) : .foreign(path: folder.path)
  }
}

extension StoreError {
  /// The same of the store that was to be made: nobody knows the place where it is made aside.
  func told(of folder: StoreFolder) -> StoreError {
    switch self {
    case .readOnly: .readOnly(path: folder.path)
    case .diskFull: .diskFull(path: folder.path)
    case .exists: .exists(path: folder.path)
    case .notAllowed(_, let action): .notAllowed(path: folder.path, action: action)
    case .inputOutput(_, let detail): .inputOutput(path: folder.path, detail: detail)
    default: self
    }
  }
}
