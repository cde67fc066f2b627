using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Antiforgery;

namespace Hub.Authority.Persons;

/// <summary>The sign-in form: plain HTML, no script, nothing fetched from elsewhere. Every value is encoded here and only here.</summary>
internal static class SignInPage
{
    private const string Style =
        "body{font:1.125rem/1.5 system-ui,sans-serif;color:#1b1b1b;background:#f4f6f8;margin:0}"
        + "main{max-width:26rem;margin:10vh auto;padding:2rem;background:#fff;border:1px solid #8a94a0;border-radius:.5rem}"
        + "h1{font-size:1.5rem;margin-top:0}label{display:block;margin:1rem 0 .25rem}"
        + "input{font:inherit;width:100%;box-sizing:border-box;padding:.5rem;border:1px solid #5b6570;border-radius:.25rem}"
        + "button{font:inherit;margin-top:1.5rem;padding:.6rem 1.5rem;color:#fff;background:#0b4f8a;border:0;border-radius:.25rem}"
        + "input:focus,button:focus{outline:3px solid #f2a900;outline-offset:2px}"
        + "[role=alert]{padding:.75rem;color:#7a0012;background:#fdecee;border-left:.3rem solid #7a0012}";

    private static readonly string StyleHash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)));

    /// <summary>
    /// <c>form-action</c> holds for the redirect after the form, too: without the application's own origins a browser would stop there.
    /// </summary>
    public static string Policy(IEnumerable<string> origins) =>
        $"default-src 'none'; style-src 'sha256-{StyleHash}'; form-action {string.Join(' ', ["'self'", .. origins])};"
        + " base-uri 'none'; frame-ancestors 'none'";

    public static string Write(string client, string userName, bool failed, AntiforgeryTokenSet token)
    {
        static string Safe(string text) => HtmlEncoder.Default.Encode(text);
        var alert = failed
            ? $"""
              <p role="alert" id="problem">User name and password do not fit, or there were too many tries. After {Limits.SignInTriesMax} wrong
              passwords an account is locked for {Limits.LockoutTime.TotalMinutes:0} minutes.</p>
              """
            : "";
        return $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{(failed ? "Try again: s" : "S")}ign in to the Hub</title>
            <style>{Style}</style>
            </head>
            <body>
            <main>
            <h1>Sign in to the Hub</h1>
            <p>You go on to <strong>{Safe(client)}</strong> afterwards.</p>
            {alert}
            <form method="post">
            <input type="hidden" name="{Safe(token.FormFieldName)}" value="{Safe(token.RequestToken!)}">
            <label for="userName">User name</label>
            <input id="userName" name="userName" value="{Safe(userName)}" autocomplete="username" autocapitalize="none"
             maxlength="{Limits.NameLengthMax}" required autofocus{(failed ? " aria-describedby=\"problem\"" : "")}>
            <label for="password">Password</label>
            <input id="password" name="password" type="password" autocomplete="current-password" maxlength="{Limits.PasswordLengthMax}" required>
            <button type="submit">Sign in</button>
            </form>
            </main>
            </body>
            </html>
            """;
    }
}
