import Access
import Administration
import Console
import Foundation

extension Elsewhere {
  /// The way to reach this machine, and popsec on it.
  static func here(_ administration: Administration, _ environment: [String: String]) -> Elsewhere {
    Elsewhere(
      machine: machine, program: program(administration.location, environment),
      isOverSSH: Caller.current.isRemote)
  }

  private static var machine: String {
    // The host becomes part of a command that is pasted into a shell.
    guard let name = HostName.own, let checked = try? Setting.sshHost.value(name), !checked.text.isEmpty
    else { return "localhost" }
    return checked.text
  }

  /// The program, with the store where popsec wouldn't find it by itself.
  private static func program(_ folder: String, _ environment: [String: String]) -> String {
    let standard = try? StoreLocation(environment: environment.filter { $0.key != "POPSEC_STORE" })
    if standard?.text == folder { return "popsec" }
    return "popsec --store " + shellWord(folder)
  }

  /// The text as a word that a shell reads back unchanged.
  private static func shellWord(_ text: String) -> String {
    let isPlain = text.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        || "/._-+".utf8.contains(byte)
    }
    return isPlain ? text : "'" + text.replacing("'", with: "'\\''") + "'"
  }
}
