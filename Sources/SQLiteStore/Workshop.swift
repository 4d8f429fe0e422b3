internal import Store

/// The folder in which a store is made before it is moved to its place.
struct Workshop {
  let folder: StoreFolder
  let target: StoreFolder
  /// Whether the store is moved into the existing, empty target. Otherwise the whole workshop becomes the
  /// target.
  let isInside: Bool
  private let lock: Lock

  /// The mark in the name of a workshop's folder.
  static let mark = "making-"

  /// A lock which says that somebody is at work in a folder, until the lock is dropped; see ``Leftovers``.
  private final class Lock {
    private let descriptor: Int32
    init(_ descriptor: Int32) { self.descriptor = descriptor }
    deinit { Files.unlock(descriptor) }
  }

  /// - Parameter replacingEmpty: whether an empty folder that is like the one that would be made is replaced
  ///   as a whole, so that everything comes to its place at once. What a killed command left there is
  ///   removed, and `news` is told.
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
      // Somebody who looked for leftovers in between took the folder for one.
      guard let descriptor = try Files.lock(folder: folder.path) else {
        throw StoreError.busy(path: target.path, writer: nil)
      }
      lock = Lock(descriptor)
      guard try Files.kind(of: folder.path) == .folder else {
        throw StoreError.busy(path: target.path, writer: nil)
      }
    } catch let error as StoreError { throw error.told(of: target) }
  }

  /// Moves the contents to their place. The database goes last, because a folder with a database is a store.
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
    if folder.hasUnfinishedCopy { return .unfinishedCopy(path: folder.path) }
    let isStore = Files.rights(of: folder.database) != nil
    return isStore ? .exists(path: folder.path) : .foreign(path: folder.path)
  }
}

extension StoreError {
  /// The error in terms of the store that was to be made, because nobody knows the path of the workshop.
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
