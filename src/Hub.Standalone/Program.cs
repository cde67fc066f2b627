Console.WriteLine("The Hub");
