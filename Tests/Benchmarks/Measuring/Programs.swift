import Foundation

extension Program {
  /// The console on a store: its start with the main menu, and the list of API users.
  static func popsec(_ binary: String, store: String, title: String, state: String) throws -> [Program] {
    var environment = ["HOME": state, "XDG_STATE_HOME": state, "POPSEC_STORE": store]
    let menu = Program(name: "menu, \(title)", command: [binary], environment: environment, isStartOnly: true)
    environment["XDG_STATE_HOME"] = state + "/resumed"
    let folder = state + "/resumed/popsec"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let place = try JSONEncoder().encode([store: "security/api-users"])
    try place.write(to: URL(fileURLWithPath: folder + "/place.json"))
    let list = Program(
      name: "list, \(title)", command: [binary, "--resume"], environment: environment,
      filters: ["port", "000123", "köln", "ware"])
    return [menu, list]
  }

  /// A program to compare with, on a list of 100,000 entries; nil for an unknown name.
  static func rival(_ name: String, in folder: String) throws -> Program? {
    let arrows = Keys(down: "\u{1B}OB", up: "\u{1B}OA", first: "\u{1B}OH", last: "\u{1B}OF")
    let home = ["HOME": folder]
    switch name {
    case "echo":
      // A program that only echoes shows how much of each figure is the terminal's and the machine's.
      let script = "stty raw -echo; printf ready; exec cat"
      return Program(name: name, command: ["sh", "-c", script], environment: home)
    case "less":
      return Program(name: name, command: [name, try Rivals.text(in: folder)], environment: home)
    case "vim":
      let keys = Keys(first: "gg")
      return Program(name: name, command: [name, try Rivals.text(in: folder)], environment: home, keys: keys)
    case "htop": return Program(name: name, command: [name], environment: home, keys: arrows)
    case "nnn": return Program(name: name, command: [name, try Rivals.files(in: folder)], environment: home)
    case "mc":
      let files = try Rivals.files(in: folder)
      return Program(name: name, command: [name, files, files], environment: home, keys: arrows)
    case "tig":
      let keys = Keys(first: "\u{1B}OH", last: "\u{1B}OF")
      let repository = ["GIT_DIR": try Rivals.repository(in: folder) + "/.git"]
      return Program(name: name, command: [name], environment: home.merging(repository) { $1 }, keys: keys)
    default: return nil
    }
  }
}

/// The lists for other programs: 100,000 lines, files, commits. Each is made once.
enum Rivals {
  private static let count = 100_000

  static func text(in folder: String) throws -> String {
    let path = folder + "/lines.txt"
    guard !FileManager.default.fileExists(atPath: path) else { return path }
    let lines = (0..<count).map { "line \($0) of a text that takes some room on the screen\n" }
    try lines.joined().write(toFile: path, atomically: true, encoding: .utf8)
    return path
  }

  static func files(in folder: String) throws -> String {
    let path = folder + "/files"
    guard !FileManager.default.fileExists(atPath: path) else { return path }
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    for index in 0..<count {
      let file = open("\(path)/file number \(index)", O_CREAT | O_WRONLY, 0o600)
      guard file >= 0 else { throw Failure("no file in \(path)") }
      close(file)
    }
    return path
  }

  static func repository(in folder: String) throws -> String {
    let path = folder + "/repository"
    guard !FileManager.default.fileExists(atPath: path) else { return path }
    try run("git", "init", "-q", "-b", "main", path)
    let commits = (0..<count).map { index in
      let text = "commit number \(index)"
      let person = "A Person <person@example.com> \(1_600_000_000 + index * 60) +0000"
      return "commit refs/heads/main\ncommitter \(person)\ndata \(text.utf8.count)\n\(text)\n"
    }
    let input = folder + "/commits"
    try commits.joined().write(toFile: input, atomically: true, encoding: .utf8)
    try run("sh", "-c", "git -C '\(path)' fast-import --quiet < '\(input)'")
    return path
  }

  private static func run(_ command: String...) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = command
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw Failure("\(command[0]) failed") }
  }
}
