namespace Glyphs;

/// <summary>Something the user can mend: the message says what was found and what would help.</summary>
internal sealed class UserErrorException(string message, Exception? cause = null) : Exception(message, cause);
