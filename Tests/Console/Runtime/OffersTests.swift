import Synchronization
import Terminal
import Testing

@testable import Console

@Suite struct OffersTests {
  /// Counts how often it is asked for its bindings, and offers another one after each key.
  private struct Asked: Screen {
    final class Count: Sendable {
      private let value = Mutex(0)
      var present: Int { value.withLock { $0 } }
      func add() { value.withLock { $0 += 1 } }
    }

    enum Message: Sendable { case next }

    let count = Count()
    var step = 0
    var title: String { "step \(step)" }
    var bindings: [KeyBinding<Message>] {
      count.add()
      return [KeyBinding("j", hint: "to \(step + 1)", message: .next)]
    }

    mutating func update(_ message: Message) -> Effect<Message> {
      step += 1
      return .none
    }
    func draw(on frame: inout Frame<Message>) {}
  }

  private func shown(_ screen: Asked) -> Compositor {
    var compositor = Compositor(root: screen, settings: .example, size: Size(columns: 80, rows: 24))
    compositor.start()
    _ = compositor.draw()
    return compositor
  }

  @Test("a key asks the screen once, for the next frame, and means what the frame before showed")
  func once() {
    let screen = Asked()
    var compositor = shown(screen)
    let before = screen.count.present
    for _ in 0..<10 {
      compositor.handle(.key("j"))
      _ = compositor.draw()
    }
    #expect(screen.count.present == before + 10)
    #expect(compositor.draw().text.contains("to 11"))
  }

  @Test("two keys without a frame between them each mean what the screen offers then")
  func withoutFrame() {
    var compositor = shown(Asked())
    compositor.handle(.key("j"))
    compositor.handle(.key("j"))
    #expect(compositor.titles == ["step 2"])
  }

  @Test(
    "a frame asks again only after a second, because a permission may have ended", arguments: [999, 1_000])
  func later(_ milliseconds: Int) {
    let screen = Asked()
    var compositor = shown(screen)
    let before = screen.count.present
    compositor.now += milliseconds
    _ = compositor.draw()
    #expect(screen.count.present == before + (milliseconds < 1_000 ? 0 : 1))
  }

  @Test("a key asks again where the frame before is older than a second", arguments: [999, 1_000])
  func lateKey(_ milliseconds: Int) {
    let screen = Asked()
    var compositor = shown(screen)
    let before = screen.count.present
    compositor.now += milliseconds
    compositor.handle(.key("k"))
    #expect(screen.count.present == before + (milliseconds < 1_000 ? 0 : 1))
  }
}
