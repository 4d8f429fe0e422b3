private import Glibc
package import Store

/// A folder of its own for one test, removed when the test drops it.
package final class TemporaryFolder: Sendable {
  package let path: String

  package init() throws {
    var template = Array("/tmp/popsec-test-XXXXXX\0".utf8CString)
    guard let made = mkdtemp(&template) else { throw Failure(path: "/tmp", code: errno) }
    path = String(cString: made)
  }

  deinit { Self.remove(path) }

  /// A place for a store, where there is nothing yet.
  package var store: StoreFolder { StoreFolder(path: path + "/store") }

  struct Failure: Error {
    let path: String
    let code: Int32
  }

  private static func remove(_ path: String) {
    if let stream = opendir(path) {
      while let entry = readdir(stream) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) {
          $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        if name != ".", name != ".." { remove(path + "/" + name) }
      }
      closedir(stream)
    }
    Glibc.remove(path)
  }
}
