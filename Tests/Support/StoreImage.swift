package import Access
private import Foundation
private import Glibc
package import SQLiteStore
package import Store
private import Synchronization

/// The files of a store, in memory. Tests copy them, because most of their time would go into making the same schema, and
/// filling it with the same things, once more.
package struct StoreImage: Sendable {
  private let files: [File]

  private struct File: Sendable {
    /// The path within the folder. A folder comes before what is in it.
    let path: String
    let permissions: Int
    /// Nil of a folder.
    let contents: Data?
  }

  /// Takes what is in the folder of a store that nobody has open.
  package init(of folder: String) throws {
    let manager = FileManager.default
    files = try ([""] + manager.subpathsOfDirectory(atPath: folder).sorted()).map { path in
      let attributes = try manager.attributesOfItem(atPath: folder + "/" + path)
      let isFolder = attributes[.type] as? FileAttributeType == .typeDirectory
      return File(
        path: path, permissions: attributes[.posixPermissions] as? Int ?? 0o700,
        contents: isFolder ? nil : try Data(contentsOf: URL(fileURLWithPath: folder + "/" + path)))
    }
  }

  /// Writes everything to a folder that is not there yet.
  package func write(to folder: String) throws {
    for file in files {
      let path = folder + "/" + file.path
      if let contents = file.contents {
        try contents.write(to: URL(fileURLWithPath: path))
        chmod(path, mode_t(file.permissions))
      } else {
        try FileManager.default.createDirectory(
          atPath: path, withIntermediateDirectories: false,
          attributes: [.posixPermissions: file.permissions])
      }
    }
  }

  /// The same image with other bytes of the same number in their place, in all files.
  private func replacing(_ bytes: Data, with others: Data) -> StoreImage {
    StoreImage(
      files: files.map { file in
        guard var contents = file.contents else { return file }
        while let place = contents.range(of: bytes) { contents.replaceSubrange(place, with: others) }
        return File(path: file.path, permissions: file.permissions, contents: contents)
      })
  }

  private init(files: [File]) { self.files = files }

  /// An empty store that was made once at that time, with an identity of its own.
  fileprivate static func empty(madeAt now: Timestamp) throws -> StoreImage {
    let (image, identity) = try made.withLock { made in
      if let known = made[now] { return known }
      let folder = try TemporaryFolder()
      let store = try SQLiteStore.create(at: folder.store, now: now)
      let identity = Data(try store.read { try $0.storeID() }.description.utf8)
      try store.close()
      let image = (try StoreImage(of: folder.store.path), identity)
      made[now] = image
      return image
    }
    let hex = Array("0123456789abcdef".utf8)
    return image.replacing(identity, with: Data(identity.map { _ in hex.randomElement() ?? 0 }))
  }

  private static let made = Mutex<[Timestamp: (StoreImage, identity: Data)]>([:])
}

extension SQLiteStore {
  /// An empty store like those that `create(at:now:)` makes.
  package static func copy(at folder: StoreFolder, now: Timestamp) throws -> SQLiteStore {
    try StoreImage.empty(madeAt: now).write(to: folder.path)
    return try open(folder, now: now)
  }
}
