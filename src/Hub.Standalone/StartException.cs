namespace Hub.Standalone;

/// <summary>The Hub cannot run as asked: the message says why, and what to do about it.</summary>
internal sealed class StartException(string message, Exception? inner = null) : Exception(message, inner);
