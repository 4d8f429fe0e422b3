import Access
import Administration
import Foundation
import Sealing
import Store

extension StoreLocation {
  /// Opens the store and its keys for the account that runs this process.
  func open(_ frontEnd: FrontEnd = .commandLine) throws -> Administration {
    let store = try Engine.open(folder, allowsLooseRights: allowsLooseRights)
    return Administration(store: store, keys: try keys.load(), operating: .current(frontEnd))
  }

  /// Makes the store and its keys in a folder that is not there yet. Where anything fails,
  /// nothing is left behind.
  ///
  /// It is made under another name and then renamed, so that it's there whole or not at all.
  func create(_ fill: (Administration) throws -> Void = { _ in }) throws {
    guard !Engine.isStore(folder) else { throw StoreError.exists(path: folder) }
    let parent = (folder as NSString).deletingLastPathComponent
    try makeFolders(parent)
    let draft = try makeDraft(in: parent)
    do {
      try make(in: draft, fill)
      try publish(draft, in: parent)
    } catch {
      try? FileManager.default.removeItem(atPath: draft)
      throw error
    }
  }

  private func make(in draft: String, _ fill: (Administration) throws -> Void) throws {
    let keys = keysAreInside ? KeyFolder(path: draft + "/keys", checksRights: keys.checksRights) : keys
    let made = keysAreCredentials ? try keys.load() : try keys.create()
    do {
      let store = try Engine.create(draft)
      let administration = Administration(store: store, keys: made, operating: .current(.commandLine))
      try administration.change { try $0.recordStore("init") }
      try fill(administration)
    } catch {
      if !keysAreInside, !keysAreCredentials { removeKeys() }
      throw error
    }
  }

  private func makeDraft(in parent: String) throws(Trouble) -> String {
    var template = Array((parent + "/.popsec-XXXXXX").utf8CString)
    guard mkdtemp(&template) != nil else { throw cannotMake(errno) }
    return String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  /// rename(2) replaces an empty folder and no other.
  private func publish(_ draft: String, in parent: String) throws {
    guard rename(draft, folder) == 0 else {
      let code = errno
      if !keysAreInside, !keysAreCredentials { removeKeys() }
      if code == EEXIST || code == ENOTEMPTY || code == ENOTDIR {
        throw Trouble(
          "\(folder) is there already, and is no store", hint: "name another place with --store",
          exitStatus: .cannotCreate)
      }
      throw cannotMake(code)
    }
    let descriptor = Foundation.open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }

  private func removeKeys() {
    for kind in KeyFolder.Kind.allCases { unlink(keys.file(kind)) }
  }

  /// Makes what is missing of a path, for the owner alone (XDG base directory specification).
  private func makeFolders(_ path: String) throws(Trouble) {
    var missing: [String] = []
    var path = path
    while access(path, F_OK) != 0, path.count > 1 {
      missing.append(path)
      path = (path as NSString).deletingLastPathComponent
    }
    for folder in missing.reversed() where mkdir(folder, 0o700) != 0 && errno != EEXIST {
      throw cannotMake(errno)
    }
  }

  private func cannotMake(_ code: Int32) -> Trouble {
    Trouble(
      "the store at \(folder) can't be made: \(systemReason(code))",
      hint: "name another place with --store or POPSEC_STORE", exitStatus: .cannotCreate)
  }
}
