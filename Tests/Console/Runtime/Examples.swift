import Console
import Terminal

/// Counts; opens others; does work and waits.
struct Counter: Screen {
  enum Message: Hashable, Sendable {
    case add(Int), open, openDialog, ask, work(Int), worked(Int), wait, waited, say, replaced, both, back(Int)
    case tell, appeared
  }
  typealias Outcome = Int

  var name = "Counter"
  var count = 0
  var reappeared = 0
  var bounds = Rect(Size(columns: 0, rows: 0))

  var title: String { name }
  var place: Place? { Place("counter/" + name) }

  var bindings: [KeyBinding<Message>] {
    [
      KeyBinding("a", hint: "add", help: "add one", message: .add(1)),
      KeyBinding("o", hint: "open", message: .open),
      KeyBinding("d", hint: "dialog", message: .openDialog),
      KeyBinding("x", hint: "delete", message: .ask),
      KeyBinding("1", hint: "one", isHinted: false, message: .work(1)),
      KeyBinding("2", hint: "two", isHinted: false, message: .work(2)),
      KeyBinding("w", hint: "wait", isHinted: false, message: .wait),
      KeyBinding("s", hint: "say", isHinted: false, message: .say),
      KeyBinding("r", hint: "replace", isHinted: false, message: .replaced),
      KeyBinding("c", hint: "close with 7", isHinted: false, message: .both),
      KeyBinding("t", hint: "tell", isHinted: false, message: .tell),
    ]
  }

  mutating func layout(in bounds: Rect) -> Effect<Message> {
    self.bounds = bounds
    return .none
  }

  mutating func reappear() -> Effect<Message> {
    reappeared += 1
    return .none
  }

  mutating func update(_ message: Message) -> Effect<Message> {
    switch message {
    case .add(let number), .worked(let number), .back(let number): count += number
    case .open: return .open(Counter(name: "Inner")) { .back($0) }
    case .openDialog:
      return .open(ConfirmDialog.harmless(title: "Sure", text: "Add ten?", action: "Add")) {
        $0 == .confirm ? .add(10) : nil
      }
    case .ask:
      return .open(ConfirmDialog.destructive(title: "Delete", text: "Delete all?", action: "Delete")) {
        $0 == .confirm ? .add(-100) : nil
      }
    case .work(let number): return .run("working", cancelling: "work") { .worked(number) }
    case .wait: return .after(milliseconds: 500, key: "wait", .waited)
    case .waited: count += 1000
    case .say: return .toast("said", .good)
    case .replaced: return .replace(Counter(name: "Other"))
    case .both: return close(with: 7)
    case .tell: return .tell(Service.Message.remember(count))
    case .appeared: break
    }
    return .none
  }

  func draw(on frame: inout Frame<Message>) {
    frame.put("count \(count) reappeared \(reappeared)", in: frame.bounds)
    let button = frame.bounds.splitTop(2).rest
    let used = frame.put("[ Add ]", in: button)
    frame.clickable(button.splitTop(1).top.splitLeft(used).left, .add(1))
    frame.wheel(frame.bounds, up: .add(-3), down: .add(3))
  }
}

/// A service: remembers what it is told, in the title bar.
struct Service: Screen {
  enum Message: Hashable, Sendable { case remember(Int), forget }
  var title: String { "" }
  var isRemembering = false

  var bindings: [KeyBinding<Message>] {
    isRemembering ? [KeyBinding(.control("x"), hint: "forget", message: .forget)] : []
  }

  mutating func update(_ message: Message) -> Effect<Message> {
    switch message {
    case .remember(let number):
      isRemembering = true
      return .status("remembers \(number)")
    case .forget:
      isRemembering = false
      return .status(nil)
    }
  }

  func draw(on frame: inout Frame<Message>) {}
}
