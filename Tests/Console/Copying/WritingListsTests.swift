import Access
import Administration
import Store
import Synchronization
import Terminal
import Testing

@testable import Console

@Suite("E writes the filtered list, or shows the command that does")
struct WritingListsTests {
  let world: ScreenWorld
  private let files = Files()

  /// What was to be written, and the paths at which a file is there.
  private final class Files: Sendable {
    private let list = Mutex<[ListFile]>([])
    var written: [ListFile] { list.withLock { $0 } }

    func write(_ file: ListFile, _ progress: ProgressCount) throws -> ListWritten {
      if file.path == "there.csv", !file.isReplacing { return .exists }
      if file.path == "no/where" { throw Problem("no/where can't be made", hint: "name another") }
      if file.path == "long.csv" {
        progress.tell(1_200)
        return .stopped
      }
      list.withLock { $0.append(file) }
      return .written(rows: 3)
    }
  }

  init() throws {
    world = try ScreenWorld()
    try world.addPeople()
  }

  private func console(
    hasFiles: Bool = true, as administration: Administration? = nil, program: String = "popsec",
    isOverSSH: Bool = true
  ) -> ConsoleDriver {
    var context = ConsoleContext(
      administration: administration ?? world.administration, clipboard: .forTests,
      elsewhere: Elsewhere(machine: "sec-1", program: program, isOverSSH: isOverSSH))
    if hasFiles { context.writeList = { [files] in try files.write($0, $1) } }
    return ConsoleDriver(
      ConsoleRoot.compositor(context, titleBar: "store", size: Size(columns: 120, rows: 24)))
  }

  private static let lists: [(keys: String, file: ListFile)] = [
    ("s a E Enter", file(.accounts(.apiUser, .name, isDescending: false), "", .csv, "api-users.csv")),
    (
      "s a / \"team:x state:enabled\" Enter E Enter",
      file(.accounts(.apiUser, .name, isDescending: false), "team:x state:enabled", .csv, "api-users.csv")
    ),
    (
      "s u 2 2 E BTab Space Tab Enter",
      file(.accounts(.user, .expiry, isDescending: true), "", .json, "users.json")
    ),
    ("s o / \"ends<14d\" Enter E C-u \"~/x.csv\" Enter", file(.tokens(.user), "ends<14d", .csv, "~/x.csv")),
    ("s o 2 E Enter", file(.tokens(.expiry), "", .csv, "tokens.csv")),
    ("s t E Enter", file(.teams, "", .csv, "teams.csv")),
    ("s r E BTab Space Tab Enter", file(.roles, "", .json, "roles.json")),
  ]

  private static func file(
    _ list: ListExport.List, _ filter: String, _ format: ListExport.Format, _ path: String
  ) -> ListFile {
    ListFile(export: ListExport(list, filter: filter), format: format, path: path, isReplacing: false)
  }

  @Test("the list is written as it is filtered and ordered", arguments: lists)
  func writes(keys: String, file: ListFile) {
    var console = console()
    console.press(keys)
    #expect(files.written == [file], "\(console.text)")
    #expect(console.text.contains("3 rows written to \(file.path)"), "\(console.text)")
  }

  @Test("a file that is there is replaced only after asking, and what goes wrong is told")
  func asks() {
    var console = console()
    console.press("s t E C-u \"there.csv\" Enter")
    #expect(console.text.contains("There is a file there.csv. Replace it?"), "\(console.text)")
    console.press("Esc")
    #expect(files.written.isEmpty)
    console.press("E C-u \"there.csv\" Enter BTab Enter")
    #expect(files.written.map(\.isReplacing) == [true])
    console.press("E C-u \"no/where\" Enter")
    #expect(console.text.contains("no/where can't be made; name another"))
    console.press("E C-u Enter")
    #expect(console.text.contains("a file is missing"))
  }

  @Test("how far it has come is shown, and Esc stops it")
  func stops() {
    var console = console()
    console.press("s t")
    console.holdsWork = true
    console.press("E C-u \"long.csv\" Enter")
    #expect(console.text.contains("0 of 1 rows") && console.text.contains("Esc stop"), "\(console.text)")
    console.press("Enter")
    #expect(!console.text.contains("stopping…"))
    console.press("Esc")
    #expect(console.text.contains("stopping…"), "\(console.text)")
    console.finishWork(Array(console.heldWork.indices))
    #expect(console.text.contains("stopped: nothing was written to long.csv"), "\(console.text)")
    #expect(!console.text.contains("stopping…"))
  }

  private static let commands: [(keys: String, command: String)] = [
    ("s a E", "ssh popsec@sec-1 'api-user list -o csv' > api-users.csv"),
    (
      "s a 3 3 / \"state:enabled\" Enter E",
      "ssh popsec@sec-1 'api-user list --where state:enabled --sort lastUse --reverse -o csv' > api-users.csv"
    ),
    (
      "s o / \"ends<14d it's\" Enter E",
      #"ssh popsec@sec-1 'token list --where '\''ends<14d it'\''\'\'''\''s'\'' -o csv' > tokens.csv"#
    ),
    ("s o 2 E", "ssh popsec@sec-1 'token list --sort expiry -o csv' > tokens.csv"),
    ("s r E", "ssh popsec@sec-1 'role list -o csv' > roles.csv"),
  ]

  @Test("who has no files here is shown the command", arguments: commands)
  func elsewhere(keys: String, command: String) throws {
    var console = console(hasFiles: false)
    console.press(keys)
    #expect(console.text.contains(command), "\(console.text)")
    let words = try ShellWords.split(command)
    if words.count > 4 { #expect(try ShellWords.split(words[2]).contains("list")) }
    console.press("Esc")
    #expect(!console.text.contains("ssh "))
  }

  @Test("the command goes to the account on which the person works, or to the program here")
  func account() throws {
    var reader = console(hasFiles: false, as: try world.administration(as: "rob", role: .securityReader))
    reader.press("s t E")
    #expect(reader.text.contains("ssh popsec-support@sec-1 'team list -o csv' > teams.csv"), "\(reader.text)")
    var here = console(hasFiles: false, program: "popsec --store '/srv/my store'", isOverSSH: false)
    here.press("s t E")
    #expect(here.text.contains("popsec --store '/srv/my store' team list -o csv > teams.csv"), "\(here.text)")
  }
}
