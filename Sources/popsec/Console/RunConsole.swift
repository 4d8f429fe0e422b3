import Access
import Administration
import CPlatform
import Console
import Foundation
import Ncurses
import Store
import Terminal

/// Runs the console until it is left, and restores the terminal.
///
/// Errors: ``Trouble`` where there is no terminal on which the console can run.
func runConsole(administration: Administration, options: ConsoleOptions) throws -> ConsoleExit {
  // Commands run on the main thread, which is the thread of the main actor.
  try MainActor.assumeIsolated { try runOnMainActor(administration, options) }
}

@MainActor private func runOnMainActor(
  _ administration: Administration, _ options: ConsoleOptions
) throws -> ConsoleExit {
  popsec_share_heap()
  let environment = Caller.current.environment
  let clipboard = try ClipboardPort.standard(environment: environment, clearing: options.clearing)
  administration.isReadOnly = options.readOnly
  if options.recordingSafe { administration.demandRecordingSafe() }
  // A person without permission learns it before anything is read.
  try administration.authority()
  let own = OwnSettings(administration)
  let (config, greeting) = own.forConsole()
  let terminal = try openTerminal(environment, options, config.theme)
  defer { terminal.close() }
  let rules = try ConsoleRules(administration)
  var context = ConsoleContext(
    administration: administration, clipboard: clipboard, readFile: fileReading(environment),
    elsewhere: .here(administration, environment))
  context.zone = config.timeZone.map(Zone.named) ?? .system
  context.config = config
  let lists = ListFiles(administration: administration, files: ConsoleFiles(environment))
  if !Caller.current.isRemote {
    context.writeList = { try lists.write($0, $1) }
    context.readPublicKeys = { path in
      // Standard input is the terminal here, so a lone - is a file of that name.
      let path = path == "-" ? "./-" : NSString(string: path).expandingTildeInPath
      return try PublicKeySource.keys(inFile: path)
    }
  }
  let loop = ConsoleLoop(
    compositor: ConsoleRoot.compositor(
      context, titleBar: titleBar(administration, environment, context.zoneNames), size: terminal.size,
      takesMouse: options.takesMouse, rules: rules, greeting: greeting, keepConfig: own.keep),
    device: terminal, setReadOnly: { administration.isReadOnly = $0 },
    releaseMemory: {
      administration.releaseMemory()
      popsec_return_free_memory()
      popsec_return_program_pages()
    },
    // Dispatch's own threads would be looked after once a second, for ever.
    begin: { work in Thread.detachNewThread(work) })
  let mailbox = loop.mailbox
  StoreNewsBoard.tell { mailbox.post(.storeNews($0.text)) }
  defer { StoreNewsBoard.tell(nil) }
  let watcher = StoreWatcher(signingIn: administration, mailbox: mailbox)
  let lastPlace = LastPlace(Caller.current, store: administration.location)
  let first = (options.resume ? lastPlace.place : nil) ?? config.startPage
  let ending = try loop.run(opening: first.map { ConsoleRoot.screens(to: $0, context) } ?? []) {
    try watcher.finishSignIn()
    watcher.start()
  }
  watcher.stop()
  if let place = loop.compositor.place { lastPlace.keep(place) }
  // What must still be written may have to wait, and the person should not wait before a frozen screen.
  terminal.close()
  lists.end()
  StoreNewsBoard.tell(nil)
  let keptCount = ending.keepsDrafts ? context.keep(loop.compositor.drafts) : 0
  watcher.signOut()
  switch ending {
  case .quit:
    tellOfClipboard(loop.compositor, clipboard)
    return .quit
  case .terminated(let signal): return .signal(signal)
  case .hungUp: return .hungUp
  case .idle:
    tellOfClipboard(loop.compositor, clipboard)
    tellOfIdleness(keptCount)
    return .quit
  case .signedOut(let problem): throw Trouble(problem.message, hint: problem.hint, exitStatus: .notPermitted)
  }
}

/// Reading of files; nil for people who came over SSH, because they have no files on this machine.
private func fileReading(_ environment: [String: String]) -> FileReading? {
  if Caller.current.isRemote { return nil }
  let files = ConsoleFiles(environment)
  return { path in try files.read(path) }
}

@MainActor private func openTerminal(
  _ environment: [String: String], _ options: ConsoleOptions, _ theme: ColorTheme
) throws(Trouble) -> NcursesTerminal {
  do {
    let showsCursor = options.showsCursor || environment.filled("POPSEC_SHOW_CURSOR") != nil
    var wanted = NcursesOptions(
      environment: environment, mouse: options.takesMouse, showsSelection: showsCursor)
    wanted.theme = theme
    return try NcursesTerminal(wanted)
  } catch {
    throw Trouble(error.message, hint: error.hint, exitStatus: .usage)
  }
}

/// The title bar: the store in few words, and the zone of all times.
private func titleBar(
  _ administration: Administration, _ environment: [String: String], _ zoneNames: String
) -> String {
  var path = administration.location
  if let home = environment.filled("HOME"), path.hasPrefix(home + "/") {
    path = "~" + path.dropFirst(home.count)
  }
  // Of an address people look for the hosts and the database, and not for how they are reached.
  if StoreLocation.isInDatabase(path) {
    path = String(path.drop { $0 != "/" }.dropFirst(2).prefix { $0 != "?" })
  }
  return fit(path, columns: 30, ellipsis: .middle) + "  "
    + zoneNames
}

extension ConsoleLoop.Ending {
  /// Whether the console ended without the person's choice, so that drafts must be kept. Keeping them is one
  /// small write beside the sign-out. It happens in no signal handler, because the loop has ended by then.
  fileprivate var keepsDrafts: Bool {
    switch self {
    case .idle, .hungUp, .terminated: true
    case .quit, .signedOut: false
    }
  }
}

private func tellOfIdleness(_ keptCount: Int) {
  let kept = keptCount == 0 ? "" : "; what was pending is kept, and offered when you come back"
  tell("nobody was there for long, and the console was left\(kept)")
}

private func tell(_ text: String) { StandardError.line("popsec: \(text)") }

/// Leaving the console stops the clock that would have cleared the clipboard.
@MainActor private func tellOfClipboard(_ compositor: Compositor, _ clipboard: ClipboardPort) {
  guard compositor.statusTexts.contains(where: { $0.hasPrefix(ClipboardService.statusPrefix) }) else {
    return
  }
  tell("\(clipboard.destination) still holds what was sent to it; it is not cleared any more")
}
