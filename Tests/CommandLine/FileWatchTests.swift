import Foundation
import Testing

@testable import popsec

@Suite struct FileWatchTests {
  private let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
  private var file: URL { folder.appendingPathComponent("a") }

  init() throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Data("a".utf8).write(to: file)
  }

  private func append() throws {
    let handle = try FileHandle(forWritingTo: file)
    try handle.seekToEnd()
    try handle.write(contentsOf: Data("b".utf8))
    try handle.close()
  }

  @Test("a change ends the wait, also one that came before, and only one wait")
  func changed() throws {
    let watch = try #require(FileWatch([file.path]))
    #expect(watch.wait(milliseconds: 0) == .timeout)
    try append()
    try append()
    #expect(watch.wait(milliseconds: 10_000) == .changed)
    #expect(watch.wait(milliseconds: 0) == .timeout)
    try? FileManager.default.removeItem(at: folder)
  }

  @Test("a file that is replaced or deleted is told", arguments: [true, false])
  func gone(isReplaced: Bool) throws {
    let watch = try #require(FileWatch([file.path]))
    if isReplaced {
      try Data("c".utf8).write(to: file, options: .atomic)
    } else {
      try FileManager.default.removeItem(at: file)
    }
    #expect(watch.wait(milliseconds: 10_000) == .gone)
    try? FileManager.default.removeItem(at: folder)
  }

  @Test("nothing is watched where a file is missing, where there are none, and where the kernel may not know")
  func unwatched() {
    #expect(FileWatch([]).map { _ in true } == nil)
    #expect(FileWatch([file.path, folder.path + "/missing"]).map { _ in true } == nil)
    #expect(FileWatch(["/proc/self/status"]).map { _ in true } == nil)
    try? FileManager.default.removeItem(at: folder)
  }
}
