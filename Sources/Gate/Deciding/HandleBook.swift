internal import Access
internal import Crypto
private import Foundation
private import Synchronization

/// The handles of cookies. Each stands for a Token ID at one widget, for 10 minutes. They are kept in memory
/// only, and shared by all threads.
package final class HandleBook: Sendable {
  /// The time for which a cookie is valid.
  package static let lifetimeSeconds: Int64 = 600
  /// The age from which a handle is not given out again.
  static let renewalSeconds: Int64 = 300
  /// The greatest number of handles. Beyond it no more are given out, and a page needs its token for each of
  /// its parts.
  static let maximumCount = 100_000

  private struct Place: Hashable {
    let id: PresentedTokenID
    let widget: WidgetID
  }

  private struct Entry {
    let place: Place
    let madeAt: Timestamp
  }

  private struct Book {
    var entries: [Digest: Entry] = [:]
    var latest: [Place: (handle: CookieHandle, madeAt: Timestamp)] = [:]
    var sweptAt: Timestamp = .distantPast
  }

  /// The SHA-256 of a handle.
  private typealias Digest = [UInt8]

  private let book = Mutex(Book())

  package init() {}

  /// The Token ID of the first of these handles that is valid at a widget, and the instant at which that handle ends.
  func presented(
    _ handles: [CookieHandle], at widget: WidgetID, now: Timestamp
  ) -> (id: PresentedTokenID, until: Timestamp)? {
    book.withLock { book in
      for handle in handles {
        guard let entry = book.entries[Self.digest(handle)], entry.place.widget == widget else { continue }
        let until = entry.madeAt.adding(seconds: Self.lifetimeSeconds)
        if entry.madeAt <= now, now < until { return (entry.place.id, until) }
      }
      return nil
    }
  }

  /// A handle that stays valid for long enough, and the instant up to which it is the same one. The result is nil where
  /// there are too many.
  func handle(
    for id: PresentedTokenID, at widget: WidgetID, now: Timestamp
  ) -> (handle: CookieHandle, until: Timestamp)? {
    let place = Place(id: id, widget: widget)
    return book.withLock { book in
      if let latest = book.latest[place], latest.madeAt <= now,
        latest.madeAt.adding(seconds: Self.renewalSeconds) > now
      {
        return (latest.handle, latest.madeAt.adding(seconds: Self.renewalSeconds))
      }
      Self.sweep(&book, now)
      guard book.entries.count < Self.maximumCount, let handle = CookieHandle.random() else { return nil }
      book.entries[Self.digest(handle)] = Entry(place: place, madeAt: now)
      book.latest[place] = (handle, now)
      return (handle, now.adding(seconds: Self.renewalSeconds))
    }
  }

  /// Forgets handles that have ended, once a minute.
  private static func sweep(_ book: inout Book, _ now: Timestamp) {
    guard book.sweptAt.adding(seconds: 60) <= now || book.sweptAt > now else { return }
    book.sweptAt = now
    book.entries = book.entries.filter { $0.value.madeAt.adding(seconds: lifetimeSeconds) > now }
    book.latest = book.latest.filter { $0.value.madeAt.adding(seconds: lifetimeSeconds) > now }
  }

  private static func digest(_ handle: CookieHandle) -> Digest {
    Array(SHA256.hash(data: Data(handle.text.utf8)))
  }
}
