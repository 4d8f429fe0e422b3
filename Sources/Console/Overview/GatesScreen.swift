import Access
import Administration
import Store
import Terminal

extension GatePresence: Identifiable {}

/// The gates that are running, as they recorded themselves.
struct GatesScreen: ListScreen {
  typealias Message = LoadedList<Numbered<GatePresence>>.Message

  let title = "Gates"
  var rows: LoadedList<Numbered<GatePresence>>
  let actions: [KeyBinding<Message>] = []

  init(context: ConsoleContext) {
    rows = LoadedList(
      WindowedList(
        columns: [
          ListColumn("process", "Process", width: .flexible(least: 10)) {
            ListCell(String($0.value.process))
          },
          .minutes("started", "Started", context) { $0.value.startedAt },
          ListColumn("seen", "Last told", width: .fixed(12), isWatched: false) {
            ListCell(context.clock.distance($0.value.seenAt))
          },
          ListColumn("keys", "Lookup keys", width: .fixed(11), priority: 1, alignment: .right) {
            ListCell($0.value.lookupKeys.count.grouped)
          },
        ], emptyLine: "No gate is running", isFilterable: false),
      source: .whole("reading gates") {
        guard let gates = try context.administration.gates() else {
          throw Problem(
            "a gate of an earlier popsec does not tell whether it runs",
            hint: "start the gate of this version")
        }
        return gates
      })
  }
}
