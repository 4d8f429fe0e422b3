import Access
import Console
import Glibc

extension Zone {
  /// The zone of the environment's `TZ`, or else of the system (tzset(3)).
  static let system: Zone = {
    tzset()
    return Zone { instant in
      var seconds = time_t(instant.secondsSince1970)
      var local = tm()
      guard localtime_r(&seconds, &local) != nil, let name = local.tm_zone else {
        return Zone.utc.offset(at: instant)
      }
      return Offset(seconds: Int64(local.tm_gmtoff), abbreviation: String(cString: name))
    }
  }()
}
