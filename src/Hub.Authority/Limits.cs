namespace Hub.Authority;

/// <summary>Every limit of the authority, stated once.</summary>
internal static class Limits
{
    public static readonly TimeSpan AccessTokenLifetimeMin = TimeSpan.FromMinutes(1);
    public static readonly TimeSpan AccessTokenLifetimeMax = TimeSpan.FromMinutes(10);

    /// <summary>A code is redeemed by a program within seconds.</summary>
    public static readonly TimeSpan CodeLifetime = TimeSpan.FromMinutes(1);
    public static readonly TimeSpan SpentCodesKept = TimeSpan.FromHours(1);

    /// <summary>How far ahead a client assertion may expire; also how long its <c>jti</c> must be remembered.</summary>
    public static readonly TimeSpan AssertionLifetimeMax = TimeSpan.FromMinutes(5);
    public const int AssertionIdLengthMax = 200;

    /// <summary>A person signs in again after a working day.</summary>
    public static readonly TimeSpan SessionLifetime = TimeSpan.FromHours(8);
    public const int SignInTriesMax = 5;
    public static readonly TimeSpan LockoutTime = TimeSpan.FromMinutes(15);
    public const int SignInsWaitingMax = 32;
    public const int PasswordLengthMin = 12;
    public const int PasswordLengthMax = 200;

    /// <summary>PBKDF2 with HMAC-SHA-512, as OWASP advises.</summary>
    public const int PasswordIterations = 210_000;

    /// <summary>The one in use and its successor.</summary>
    public const int ClientKeysMax = 2;
    public const int SigningKeysMax = 4;
    public const int RedirectUrisMax = 10;
    public const int NameLengthMax = 64;
    public const int PageSizeMax = 500;
    public const long RequestBytesMax = 64 * 1024;
    public static readonly TimeSpan BodyPatience = TimeSpan.FromSeconds(5);
    public const int RequestsAtOnceMax = 64;
    public const int RequestsWaitingMax = 512;
}
