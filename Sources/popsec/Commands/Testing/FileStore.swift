import Access
import Administration
import Foundation
import Interchange
import Store

/// A store that is made of a security file alone, and thrown away after its use. It lies in the memory where the system
/// has a file system for that.
struct FileStore {
  private let folder: ThrowAwayFolder
  private let location: StoreLocation

  private static let memory = "/dev/shm"

  /// Errors: ``SecurityFileErrors``, ``Trouble``, and what applying a file throws.
  init(_ path: String) throws {
    let input = InputFile(path: path)
    let file = try SecurityFile.parse(try input.bytes(), named: input.name)
    let folder = try ThrowAwayFolder(
      for: "test", in: access(Self.memory, W_OK | X_OK) == 0 ? Self.memory : nil)
    do {
      let location = try StoreLocation(withKeysInside: folder.path + "/store")
      try folder.keepingSignals {
        try location.create(surroundings: .system) { administration in
          // A file without users leaves those who are there. A store must have an Administrator.
          if !file.hasUsers {
            try FirstUser(name: try Name("popsec test"), unixAccount: nil, keys: []).add(to: administration)
          }
          try administration.apply(file, expecting: try administration.plan(file))
        }
      }
      (self.folder, self.location) = (folder, location)
    } catch {
      folder.remove()
      throw error
    }
  }

  func open() throws -> Administration { try location.open(surroundings: .system) }

  func remove() { folder.remove() }
}
