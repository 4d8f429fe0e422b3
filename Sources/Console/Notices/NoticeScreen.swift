import Access
import Administration
import Store
import Terminal

/// One notice: what it tells, and what became of it.
struct NoticeScreen: TextScreen {
  typealias Message = Scroll

  private let notice: Notice
  private let context: ConsoleContext
  var scrolling = Scrolling()
  var size = Size(columns: 80, rows: 24)
  let actions: [KeyBinding<Message>] = []

  init(_ notice: Notice, context: ConsoleContext) {
    self.notice = notice
    self.context = context
  }

  var title: String { "Notice \(notice.number)" }
  var pageName: String? { "notice" }

  func lines(columns: Int) -> [WhyText.Line] {
    notice.facts(context.clock.words).flatMap {
      WhyText.hanging($0.title.padded(to: 14), $0.text, .plain, columns: columns)
    }
  }
}
