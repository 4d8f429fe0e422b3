import Terminal

/// Writes a list into a file, and shows how far that has come. Its outcome is how it ended.
struct WritingDialog: Screen {
  enum Message: Sendable {
    case tick, stop
    case ended(Result<ListWritten, Problem>)
  }
  typealias Outcome = ListWritten

  let title = "Write the list"
  private let file: ListFile
  private let progress = ProgressCount()
  private let writeList: ListWriting

  /// - Parameter total: the number of rows; nil where it is not known.
  init(_ file: ListFile, total: Int?, _ writeList: @escaping ListWriting) {
    (self.file, self.writeList) = (file, writeList)
    progress.tell(0, of: total ?? 0)
  }

  var presentation: Presentation { .dialog(Size(columns: 52, rows: 3)) }

  // Enter, which began this, does not stop it.
  var bindings: [KeyBinding<Message>] {
    [KeyBinding(.escape, hint: "stop", help: "stop, and leave no file", message: .stop)]
  }

  mutating func appear() -> Effect<Message> {
    .batch(
      ProgressCount.look(.tick),
      .run("writing the list") { [file, progress, writeList] in
        .ended(Problem.catching { try writeList(file, progress) })
      })
  }

  mutating func update(_ message: Message) -> Effect<Message> {
    switch message {
    case .tick: return ProgressCount.look(.tick)
    case .stop:
      progress.stop()
      return .none
    case .ended(.success(let written)): return close(with: written)
    case .ended(.failure(let problem)): return .batch(.toast(problem), .close)
    }
  }

  func draw(on frame: inout Frame<Message>) {
    let (head, rest) = frame.bounds.splitTop(1)
    frame.put(file.path, in: head, style: .bold)
    let (line, foot) = rest.splitTop(1)
    frame.put(progress.rows, in: line)
    if progress.isStopped {
      frame.put("stopping…", in: foot, style: .muted)
    } else {
      frame.put("[ Stop ]", in: foot, style: Style(.accent))
      frame.clickable(foot, .stop)
    }
  }
}
